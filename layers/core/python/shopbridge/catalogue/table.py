"""
The catalogue of one store in DynamoDB.

Besides a row for each variant (`<product>#<variant>`) a product has a row of its own
(`<product>`): it holds when the newest read of the product began. Whoever reads claims
it first and looks again at the end; who was overtaken meanwhile reads once more, so
that rows written late by an older read do not stay.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Attr, Key

from shopbridge import batched, paged
from shopbridge.catalogue.rows import Row, digest
from shopbridge.conditional import written

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class Catalogue:
    """Rows of one store; it cannot reach another's."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def rows(self) -> Iterator[Row]:
        """Yield the rows of all variants, product by product, page by page of the table."""
        found = paged.queried(self._table, Key("store").eq(self._store))
        return (row for row in found if "id" in row)

    def begin(self, product: str, version: str) -> bool:
        """Claim the product for a read that began at `version`; False if a newer one did."""
        return written(
            lambda: self._table.update_item(
                Key=self._key(product),
                UpdateExpression="SET version = :version",
                ConditionExpression="attribute_not_exists(version) OR version < :version",
                ExpressionAttributeValues={":version": version},
            )
        )

    def is_newest(self, product: str, version: str) -> bool:
        """Whether no newer read of the product has begun since."""
        item = self._table.get_item(Key=self._key(product), ConsistentRead=True).get("Item", {})
        return item.get("version") == version

    def versions(self, products: Iterable[str]) -> dict[str, str]:
        """
        Return when the newest read of each product began; those never read are left out.

        Raises:
            Unavailable: DynamoDB does not return all.
        """
        found = batched.rows(self._table, map(self._key, products))
        return {str(row["variant"]): str(row["version"]) for row in found}

    def products(self) -> set[str]:
        """List the products that have a variant in the catalogue."""
        return {str(row["item_group_id"]) for row in self.rows()}

    def replace(
        self, product: str, version: str, rows: Iterable[Row], changing: Callable[[], None]
    ) -> bool:
        """
        Put rows that changed, delete those of variants that are gone; False if all stood.

        `changing` is called before each write.
        """
        before = self._digests(product)
        changed = False
        for row in rows:
            name = f"{product}#{row['id']}"
            if before.pop(name, None) != digest(row):
                changing()
                changed |= self._put(name, version, row)
        for name in before:
            changing()
            self._table.delete_item(Key=self._key(name))
        return changed or bool(before)

    def _put(self, name: str, version: str, row: Row) -> bool:
        item = {**self._key(name), **row, "version": version, "digest": digest(row)}
        older = Attr("version").not_exists() | Attr("version").lte(version)
        return written(lambda: self._table.put_item(Item=item, ConditionExpression=older))

    def _digests(self, product: str) -> dict[str, str]:
        condition = Key("store").eq(self._store) & Key("variant").begins_with(f"{product}#")
        found = paged.queried(
            self._table, condition, ProjectionExpression="variant, digest", ConsistentRead=True
        )
        return {str(item["variant"]): str(item["digest"]) for item in found}

    def _key(self, variant: str) -> dict[str, str]:
        return {"store": self._store, "variant": variant}
