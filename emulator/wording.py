"""Reasons of failures as CloudFormation words them, where ministack's handlers word them otherwise.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

from ministack.core.responses import new_uuid

from emulator import custom_resources
from emulator.service_api import Refused

RAW = re.compile(r"<Code>(?P<code>.*?)</Code>.*?<Message>(?P<message>.*?)</Message>", re.S)
BAD_REQUEST = 400


@contextmanager
def as_cloudformation(resource_type: str) -> Iterator[None]:
    """Turns what a function reports, or does not report in time, and raw answers of a service into CloudFormation's reasons."""
    custom = custom_resources.is_custom(resource_type)
    try:
        yield
    except TimeoutError as late:
        if not custom:
            raise
        raise ValueError("CloudFormation did not receive a response from your Custom Resource. Please check your logs for "
                         f"requestId [{new_uuid()}].") from late
    except RuntimeError as failed:
        if not custom:
            raise
        raise ValueError(f"Received response status [FAILED] from custom resource. Message returned: {failed} "
                         f"(RequestId: {new_uuid()})") from failed
    except ValueError as refused:
        raw = RAW.search(str(refused).replace("\\'", "'"))  # the answer is quoted as Python bytes
        if not raw:
            raise
        service = resource_type.split("::")[1].capitalize()
        raise Refused(service, BAD_REQUEST, raw["code"], unescape(raw["message"])) from refused
