"""What a service does beyond the resource itself, and ministack does not."""

from emulator.effects import buckets, certificates, integrations, secrets


def after_write(resource_type: str, physical_id: str, properties: dict, attributes: dict, old: dict | None) -> dict:
    """Lets the effects of a create, or of an update from ``old``, happen.

    ``physical_id`` is ministack's. Returns the attributes, more of them where an effect knows more.
    """
    if resource_type == "AWS::ApiGateway::Method":
        integrations.keep_link(properties)
    if resource_type == "AWS::CertificateManager::Certificate":
        certificates.validate(physical_id, properties)
    if resource_type == "AWS::S3::Bucket":
        buckets.replicate(physical_id, properties)
    if resource_type == "AWS::SecretsManager::Secret" and old:
        secrets.drop_replicas(physical_id, old, properties)
    if resource_type == "AWS::ElasticLoadBalancingV2::TargetGroup":
        return attributes | {"TargetGroupFullName": physical_id.split(":")[-1]}
    return attributes
