"""Simulated provisioning time. None by default: the bare engine is as quick as it can be.

An operation on a resource takes ``scale`` times the seconds that its type typically takes on AWS, times the factor of
its region. A scale of 0.001 plays a ten-minute database in 0.6 s; a region's factor makes that region slow.
"""

import threading
import time
from dataclasses import dataclass, field

_TYPICAL: dict[str, dict[str, float]] = {
    "AWS::AppRunner::Service": {"CREATE": 300, "UPDATE": 240, "DELETE": 60},
    "AWS::CertificateManager::Certificate": {"CREATE": 120},
    "AWS::CloudFront::Distribution": {"CREATE": 240, "UPDATE": 180, "DELETE": 240},
    "AWS::EC2::NatGateway": {"CREATE": 100, "DELETE": 60},
    "AWS::EC2::VPCEndpoint": {"CREATE": 60, "DELETE": 60},
    "AWS::ECS::Service": {"CREATE": 150, "UPDATE": 180, "DELETE": 60},
    "AWS::EKS::Cluster": {"CREATE": 600, "UPDATE": 300, "DELETE": 180},
    "AWS::EKS::Nodegroup": {"CREATE": 180, "UPDATE": 300, "DELETE": 240},
    "AWS::ElastiCache::ReplicationGroup": {"CREATE": 600, "UPDATE": 300, "DELETE": 300},
    "AWS::ElasticLoadBalancingV2::LoadBalancer": {"CREATE": 150, "DELETE": 20},
    "AWS::Lambda::Function": {"CREATE": 10, "UPDATE": 10, "DELETE": 5},
    "AWS::RDS::DBCluster": {"CREATE": 180, "UPDATE": 120, "DELETE": 180},
    "AWS::RDS::DBInstance": {"CREATE": 600, "UPDATE": 180, "DELETE": 300},
    "AWS::RDS::DBProxy": {"CREATE": 180, "UPDATE": 60, "DELETE": 120},
    "AWS::RDS::DBProxyEndpoint": {"CREATE": 120, "UPDATE": 60, "DELETE": 60},
    "AWS::RDS::GlobalCluster": {"CREATE": 30, "DELETE": 60},
    "AWS::Route53::RecordSet": {"CREATE": 30, "UPDATE": 30, "DELETE": 30},
}
"""Orders of magnitude in seconds, for rehearsing waits; no promise of the services."""

_OTHER_SECONDS = 3.0


@dataclass
class Pace:
    """What is set: the scale, factors by region, and seconds by resource type that replace the typical ones."""

    scale: float = 0.0
    regions: dict[str, float] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


_pace = Pace()
_changed = threading.Condition()
_closed = threading.Event()


def current() -> Pace:
    """The pace as it is set."""
    return _pace


def change(pace: Pace) -> None:
    """Sets the pace, for the operations under way too."""
    global _pace
    with _changed:
        _pace = pace
        _changed.notify_all()


def close() -> None:
    """Ends every wait, now and later: the server stops."""
    _closed.set()
    change(Pace())


def duration(resource_type: str, operation: str, region: str) -> float:
    """The seconds that CREATE, UPDATE or DELETE of a resource of this type takes in the region."""
    typical = _TYPICAL.get(resource_type, {}).get(operation.upper(), _OTHER_SECONDS)
    return _pace.seconds.get(resource_type, typical) * _pace.scale * _pace.regions.get(region, 1.0)


def wait(resource_type: str, operation: str, region: str) -> None:
    """Takes the time of the operation; blocks the calling thread, and follows a change of the pace while it waits."""
    started = time.monotonic()
    with _changed:
        while not _closed.is_set():
            left = started + duration(resource_type, operation, region) - time.monotonic()
            if left <= 0:
                return
            _changed.wait(left)
