"""What refuses to be deleted: protected resources, and stores that hold something."""

from ministack.core.responses import get_account_id

from emulator.relations.check import DeleteCheck
from emulator.service_api import Refused, service


def _db_instance(identifier: str, properties: dict) -> None:
    if (service("rds")._instances.get(identifier) or {}).get("DeletionProtection"):
        raise Refused("Rds", 400, "InvalidParameterCombination",
                      "Cannot delete protected DB Instance, please disable deletion protection and try again.")


def _db_cluster(identifier: str, properties: dict) -> None:
    if (service("rds")._clusters.get(identifier) or {}).get("DeletionProtection"):
        raise Refused("Rds", 400, "InvalidParameterCombination",
                      "Cannot delete protected Cluster, please disable deletion protection and try again.")


def _table(name: str, properties: dict) -> None:
    if (service("dynamodb")._tables.get(name) or {}).get("DeletionProtectionEnabled"):
        raise Refused("DynamoDb", 400, "ValidationException",
                      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.")


def _load_balancer(arn: str, properties: dict) -> None:
    settings = {entry["Key"]: entry["Value"] for entry in service("alb")._lb_attrs.get(arn) or ()}
    if settings.get("deletion_protection.enabled") == "true":
        raise Refused("ElasticLoadBalancingV2", 400, "OperationNotPermitted",
                      f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled")


def _bucket(name: str, properties: dict) -> None:
    s3 = service("s3")
    bucket = s3._buckets.get(name)
    if bucket and s3._bucket_has_versions(name) and not bucket["objects"]:
        raise Refused("S3", 409, "BucketNotEmpty", "The bucket you tried to delete is not empty. You must delete all versions in the bucket.")
    if bucket and bucket["objects"]:
        raise Refused("S3", 409, "BucketNotEmpty", "The bucket you tried to delete is not empty")


def _hosted_zone(zone_id: str, properties: dict) -> None:
    route53 = service("route53")
    zone = route53._zones.get(zone_id)
    own = [record for record in route53._records.get(zone_id) or ()
           if not (zone and record["Type"] in ("NS", "SOA") and record["Name"] == zone["name"])]
    if zone and own:
        raise Refused("Route53", 400, "HostedZoneNotEmpty",
                      "The specified hosted zone contains non-required resource record sets and so cannot be deleted.")


def _repository(name: str, properties: dict) -> None:
    if service("ecr")._images.get(name) and not properties.get("EmptyOnDelete"):
        raise Refused("Ecr", 400, "RepositoryNotEmptyException", f"The repository with name '{name}' in registry with id "
                      f"'{get_account_id()}' cannot be deleted because it still contains images")


ON_DELETE: dict[str, DeleteCheck] = {
    "AWS::DynamoDB::GlobalTable": _table,
    "AWS::DynamoDB::Table": _table,
    "AWS::ECR::Repository": _repository,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _load_balancer,
    "AWS::RDS::DBCluster": _db_cluster,
    "AWS::RDS::DBInstance": _db_instance,
    "AWS::Route53::HostedZone": _hosted_zone,
    "AWS::S3::Bucket": _bucket,
}
