"""The errors of the StackSets actions: code, HTTP status and message as the API answers them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html#API_CreateStackInstances_Errors
"""


class ApiError(Exception):
    """A refused call: ``code`` is the error's name on the wire, ``status`` the HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


def invalid(message: str) -> ApiError:
    """A request that breaks a constraint of its parameters."""
    return ApiError("ValidationError", message)


def stack_set_not_found(name: str) -> ApiError:
    """No active stack set of this name or id in the caller's account and region."""
    return ApiError("StackSetNotFoundException", f"StackSet {name} not found", 404)


def name_already_exists(name: str) -> ApiError:
    """An active stack set has the name already."""
    return ApiError("NameAlreadyExistsException", f"The Name {name} already exists", 409)


def created_but_modified(name: str) -> ApiError:
    """The stack set was made by this very request, and changed since."""
    return ApiError("CreatedButModifiedException",
                    f"The StackSet {name} was created by this request and modified since", 409)


def not_empty() -> ApiError:
    """A stack set that still has stack instances can't be deleted."""
    return ApiError("StackSetNotEmptyException", "StackSet is not empty", 409)


def instance_not_found(stack_set: str, account: str, region: str) -> ApiError:
    """The stack set has no stack instance in this account and region."""
    return ApiError("StackInstanceNotFoundException",
                    f"Stack instance not found for StackSet {stack_set}, account {account}, region {region}", 404)


def operation_not_found(operation: str) -> ApiError:
    """The stack set never had an operation of this id."""
    return ApiError("OperationNotFoundException", f"Operation {operation} not found", 404)


def operation_in_progress(arn: str) -> ApiError:
    """One operation at a time."""
    return ApiError("OperationInProgressException", f"Another Operation on StackSet {arn} is in progress", 409)


def operation_id_exists(operation: str) -> ApiError:
    """The id belongs to an operation that was asked for in other words."""
    return ApiError("OperationIdAlreadyExistsException", f"The Operation Id {operation} already exists", 409)


def invalid_operation(message: str) -> ApiError:
    """The operation is in no state that allows this."""
    return ApiError("InvalidOperationException", message)


def insufficient_capabilities(message: str) -> ApiError:
    """The template holds what the caller did not acknowledge."""
    return ApiError("InsufficientCapabilitiesException", message)
