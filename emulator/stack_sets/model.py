"""A stack set, its stack instances and its operations, as the API describes them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSet.html
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from ministack.core.responses import now_iso

Place = tuple[str, str]
"""Where a stack instance lives: account id, region."""

EXECUTION_ROLE = "AWSCloudFormationStackSetExecutionRole"
ADMINISTRATION_ROLE = "AWSCloudFormationStackSetAdministrationRole"


@dataclass
class Instance:
    """A reference to a stack in one account and region, kept even where the stack failed to come to be."""

    account: str
    region: str
    status: str = "OUTDATED"
    detailed_status: str = "PENDING"
    reason: str | None = None
    stack_name: str | None = None
    stack_id: str | None = None
    overrides: dict[str, str] = field(default_factory=dict)
    deployed_parameters: list[str] = field(default_factory=list)
    drift_status: str = "NOT_CHECKED"
    last_drift_check: str | None = None
    last_operation_id: str | None = None

    @property
    def place(self) -> Place:
        """The account and region."""
        return self.account, self.region

    def settle(self, status: str, detailed_status: str, reason: str | None) -> None:
        """Records how an operation ended here."""
        self.status, self.detailed_status, self.reason = status, detailed_status, reason


@dataclass
class Result:
    """What one operation did in one account and region."""

    account: str
    region: str
    status: str = "PENDING"
    reason: str | None = None


@dataclass
class Operation:
    """One asynchronous operation. ``fingerprint`` tells a retry of the request from another request of the same id."""

    id: str
    action: str
    fingerprint: str
    preferences: dict[str, Any]
    administration_role_arn: str | None
    execution_role_name: str | None
    retain_stacks: bool | None = None
    status: str = "RUNNING"
    reason: str | None = None
    created: str = field(default_factory=now_iso)
    ended: str | None = None
    results: list[Result] = field(default_factory=list)

    @property
    def active(self) -> bool:
        """Whether it is still queued or under way."""
        return self.status in ("QUEUED", "RUNNING", "STOPPING")

    @property
    def failures(self) -> int:
        """In how many places it failed."""
        return sum(result.status == "FAILED" for result in self.results)


@dataclass
class StackSet:
    """A stack set: template, parameters and permissions, its instances by place and its operations by id, oldest first."""

    name: str
    id: str
    account: str
    region: str
    template: str
    description: str | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    capabilities: list[str] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)
    administration_role_arn: str | None = None
    execution_role_name: str | None = None
    permission_model: str = "SELF_MANAGED"
    auto_deployment: dict[str, bool] | None = None
    managed_execution: bool = False
    status: str = "ACTIVE"
    request_token: str | None = None
    modified: bool = False
    drift: dict[str, Any] | None = None
    instances: dict[Place, Instance] = field(default_factory=dict)
    operations: dict[str, Operation] = field(default_factory=dict)

    @property
    def arn(self) -> str:
        """The Amazon Resource Name."""
        return f"arn:aws:cloudformation:{self.region}:{self.account}:stackset/{self.id}"

    @property
    def self_managed(self) -> bool:
        """Whether its roles are made by its owner."""
        return self.permission_model == "SELF_MANAGED"

    @property
    def busy(self) -> bool:
        """Whether an operation is queued or under way."""
        return any(operation.active for operation in self.operations.values())

    def outdate(self) -> None:
        """Marks every instance as behind the stack set; an inoperable one stays inoperable."""
        for instance in self.instances.values():
            if instance.status != "INOPERABLE":
                instance.status = "OUTDATED"

    def dump(self) -> dict[str, Any]:
        """Plain data that JSON can hold."""
        return asdict(self) | {"instances": [asdict(instance) for instance in self.instances.values()]}

    @classmethod
    def load(cls, data: dict[str, Any]) -> "StackSet":
        """The stack set that ``dump`` wrote."""
        loaded = cls(**data)
        instances = [Instance(**fields) for fields in data["instances"]]
        operations = [Operation(**fields | {"results": [Result(**result) for result in fields["results"]]})
                      for fields in data["operations"].values()]
        loaded.instances = {instance.place: instance for instance in instances}
        loaded.operations = {operation.id: operation for operation in operations}
        return loaded
