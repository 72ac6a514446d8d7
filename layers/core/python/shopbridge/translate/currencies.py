"""How many decimals a currency is written with (ISO 4217)."""

from decimal import Decimal

DECIMALS = 2

_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_OTHERS = dict.fromkeys(_NONE.split(), 0) | dict.fromkeys(_THREE.split(), 3)


def written(amount: Decimal, currency: str) -> str:
    """
    Write `120.5` as `120.50` in dollars and `1200.0` as `1200` in yen.

    Digits that mean something are never cut.
    """
    step = Decimal(1).scaleb(-_OTHERS.get(currency, DECIMALS))
    rounded = amount.quantize(step)
    return f"{rounded if rounded == amount else amount.normalize():f}"
