"""How an operation goes about its regions and accounts.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html
"""

from dataclasses import dataclass
from typing import Any

from emulator.stack_sets import errors
from emulator.stack_sets.requests import Params, choice, number, strings


@dataclass(frozen=True)
class Preferences:
    """The preferences of one operation; None where the caller said nothing."""

    region_concurrency: str | None = None
    region_order: tuple[str, ...] = ()
    tolerance_count: int | None = None
    tolerance_percentage: int | None = None
    concurrent_count: int | None = None
    concurrent_percentage: int | None = None
    concurrency_mode: str | None = None

    @property
    def parallel(self) -> bool:
        """Whether all regions go at once; one region at a time is the default."""
        return self.region_concurrency == "PARALLEL"

    def ordered(self, regions: list[str]) -> list[str]:
        """The regions in the order asked for; those it does not name follow, by name."""
        named = [region for region in self.region_order if region in regions]
        return named + sorted(set(regions) - set(named))

    def tolerance(self, accounts: int) -> int:
        """How many of a region's accounts may fail before the region is given up; percentages round down."""
        if self.tolerance_count is not None:
            return self.tolerance_count
        return accounts * (self.tolerance_percentage or 0) // 100

    def width(self, accounts: int, failed: int) -> int:
        """How many accounts of a region go at once after ``failed`` of them failed.

        Strict mode, the default, keeps the failures at one over the tolerance at most; soft mode takes the maximum as it is.
        """
        width = self.concurrent_count or max(1, accounts * (self.concurrent_percentage or 0) // 100)
        if self.concurrency_mode != "SOFT_FAILURE_TOLERANCE":
            width = min(width, self.tolerance(accounts) + 1 - failed)
        return max(1, width)

    def described(self) -> dict[str, Any]:
        """As the API shows it."""
        return {
            "RegionConcurrencyType": self.region_concurrency, "RegionOrder": list(self.region_order) or None,
            "FailureToleranceCount": self.tolerance_count, "FailureTolerancePercentage": self.tolerance_percentage,
            "MaxConcurrentCount": self.concurrent_count, "MaxConcurrentPercentage": self.concurrent_percentage,
            "ConcurrencyMode": self.concurrency_mode,
        }


def read(params: Params) -> Preferences:
    """The ``OperationPreferences`` of a call.

    Raises ValidationError for a value out of range, or a count together with its percentage.
    """
    prefix = "OperationPreferences"
    preferences = Preferences(
        region_concurrency=choice(params, f"{prefix}.RegionConcurrencyType", ("SEQUENTIAL", "PARALLEL")),
        region_order=tuple(strings(params, f"{prefix}.RegionOrder")),
        tolerance_count=number(params, f"{prefix}.FailureToleranceCount", 0),
        tolerance_percentage=number(params, f"{prefix}.FailureTolerancePercentage", 0, 100),
        concurrent_count=number(params, f"{prefix}.MaxConcurrentCount", 1),
        concurrent_percentage=number(params, f"{prefix}.MaxConcurrentPercentage", 1, 100),
        concurrency_mode=choice(params, f"{prefix}.ConcurrencyMode", ("STRICT_FAILURE_TOLERANCE", "SOFT_FAILURE_TOLERANCE")))
    if preferences.tolerance_count is not None and preferences.tolerance_percentage is not None:
        raise errors.invalid("You can specify either FailureToleranceCount or FailureTolerancePercentage, but not both")
    if preferences.concurrent_count is not None and preferences.concurrent_percentage is not None:
        raise errors.invalid("You can specify either MaxConcurrentCount or MaxConcurrentPercentage, but not both")
    return preferences
