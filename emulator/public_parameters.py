"""Parameters that AWS itself publishes in every region and that ministack lacks: the newest Amazon Linux for Arm.

https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
"""

from emulator.ministack_hooks import module

IMAGES = {"/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64": "ami-0a2023a64b1c2d3e4"}


def install() -> None:
    """Publishes them."""
    module("ministack.services.ssm")._PUBLIC_AMI_PARAMETERS.update(IMAGES)
