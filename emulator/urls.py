"""TemplateURL: which bucket and key it names, whether its region fits, and the template behind it.

ministack ignores the host of the URL, so that a template in another region's bucket would go unnoticed.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-overview.html#cloudformation-overview-stack-stored-template
"""

import re
from typing import Any
from urllib.parse import urlparse

from emulator.ministack_hooks import CLOUDFORMATION, module

PATH_STYLE = re.compile(r"s3(?:[.-](?P<region>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com")
HOST_STYLE = re.compile(r"(?P<bucket>[a-z0-9.-]+)\.s3(?:[.-](?P<region>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com")
LOCAL = re.compile(r"(127\.0\.0\.1|localhost)(:\d+)?")


NOT_FOUND = "\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"


def locate(url: str) -> tuple[str, str, str | None]:
    """The bucket, key and region that ``url`` names; the region is None where the URL names none.

    Raises ValueError for a URL that is not an S3 URL.
    """
    parts = urlparse(url)
    path = parts.path.lstrip("/")
    if LOCAL.fullmatch(parts.netloc):
        (bucket, _, key), region = path.partition("/"), None
    elif style := PATH_STYLE.fullmatch(parts.netloc):
        (bucket, _, key), region = path.partition("/"), style.group("region") or "us-east-1"
    elif style := HOST_STYLE.fullmatch(parts.netloc):
        bucket, key, region = style.group("bucket"), path, style.group("region")
    else:
        raise ValueError("TemplateURL must be a supported URL.")
    if not bucket or not key:
        raise ValueError("TemplateURL must reference a valid S3 object to which you have access.")
    return bucket, key, region


def read(url: str) -> str:
    """The template that ``url`` names.

    Raises ValueError with S3's reason, as CloudFormation reports it, when the bucket or key is missing or the bucket
    is in another region than the one in the URL.
    """
    bucket, key, region = locate(url)
    s3 = module("ministack.services.s3")
    record = s3._buckets.get(bucket)
    if record is None:
        raise ValueError(f"S3 error: The specified bucket does not exist{NOT_FOUND}")
    if region and region != (record.get("region") or "us-east-1"):
        raise ValueError("S3 error: The bucket you are attempting to access must be addressed using the specified "
                         f"endpoint. Please send all future requests to this endpoint.{NOT_FOUND}")
    body = s3._get_object_data(bucket, key)
    if body is None:
        raise ValueError(f"S3 error: The specified key does not exist.{NOT_FOUND}")
    helpers = module(f"{CLOUDFORMATION}.helpers")
    if len(body) > helpers.TEMPLATE_URL_MAX_BYTES:
        raise ValueError(f"Template may not exceed {helpers.TEMPLATE_URL_MAX_BYTES} bytes in size.")
    return body.decode("utf-8")


def install() -> None:
    """Makes every action that takes a TemplateURL read it through this module."""
    helpers = module(f"{CLOUDFORMATION}.helpers")
    native = helpers._resolve_document

    def resolve_document(params: dict, body_key: str, url_key: str, label: str) -> tuple[str | None, Any]:
        url = helpers._p(params, url_key)
        if url_key != "TemplateURL" or not url or helpers._p(params, body_key):
            return native(params, body_key, url_key, label)
        try:
            return read(url), None
        except ValueError as refused:
            return None, helpers._error("ValidationError", str(refused))

    helpers._resolve_document = resolve_document
