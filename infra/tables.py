"""The DynamoDB tables: on demand, encrypted, restorable for 27 days."""

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.deployment import Deployment

# Redacted data must be gone everywhere within 30 days, backups included.
RESTORABLE_DAYS = 27


class Tables(Construct):
    """One table for each kind of row; the package that writes a table says what a row holds."""

    def __init__(self, scope: Construct, id_: str, *, deployment: Deployment) -> None:
        super().__init__(scope, id_)
        self._deployment = deployment
        self.stores = self._table("Stores", "store", time_to_live_attribute="expires")
        self.ledger = self._table(
            "Ledger",
            "delivery",
            "row",
            time_to_live_attribute="expires",
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )
        self._index(self.ledger, "resource", "received_at")
        self._index(self.ledger, "open", "open_at")
        self.receipts = self._table("Receipts", "store_shard", "effect")
        self.contacts = self._table(
            "Contacts",
            "store_shard",
            "customer",
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )
        self.catalogue = self._table("Catalogue", "store", "variant")
        self.checkouts = self._table(
            "Checkouts", "store_shard", "row", time_to_live_attribute="expires"
        )
        self._index(self.checkouts, "due", "look_at")
        self.runs = self._table("Runs", "store", "run")

    @property
    def by_name(self) -> dict[str, dynamodb.Table]:
        """Each table under the name that the command line knows it by."""
        return {
            "stores": self.stores,
            "ledger": self.ledger,
            "receipts": self.receipts,
            "contacts": self.contacts,
            "catalogue": self.catalogue,
            "checkouts": self.checkouts,
            "runs": self.runs,
        }

    def told(self, *names: str) -> dict[str, str]:
        """How a function's environment names these tables to it."""
        return {f"{name.upper()}_TABLE": self.by_name[name].table_name for name in names}

    def _table(
        self,
        id_: str,
        partition: str,
        sort: str | None = None,
        *,
        time_to_live_attribute: str | None = None,
        stream: dynamodb.StreamViewType | None = None,
    ) -> dynamodb.Table:
        return dynamodb.Table(
            self,
            id_,
            partition_key=_text(partition),
            sort_key=_text(sort) if sort else None,
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True, recovery_period_in_days=RESTORABLE_DAYS
            ),
            time_to_live_attribute=time_to_live_attribute,
            stream=stream,
            deletion_protection=not self._deployment.disposable,
            removal_policy=self._deployment.removal,
        )

    def _index(self, table: dynamodb.Table, partition: str, sort: str) -> None:
        """An index named after its key that holds nothing but keys."""
        table.add_global_secondary_index(
            index_name=partition,
            partition_key=_text(partition),
            sort_key=_text(sort),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
