"""Budgets with their notifications."""

from ministack.core.responses import get_account_id

from emulator.handler import Created, Handler
from emulator.service_api import json_call

TARGET = "AWSBudgetServiceGateway."


def _budget(properties: dict, name: str) -> dict:
    budget = {"BudgetName": name} | properties["Budget"]
    limit = budget.get("BudgetLimit")
    return budget | ({"BudgetLimit": {"Amount": str(limit["Amount"]), "Unit": limit["Unit"]}} if limit else {})


def _create(logical_id: str, properties: dict, stack_name: str) -> Created:
    budget = _budget(properties, f"{stack_name}-{logical_id}"[:100])
    json_call("budgets", f"{TARGET}CreateBudget", AccountId=get_account_id(), Budget=budget,
              NotificationsWithSubscribers=properties.get("NotificationsWithSubscribers", []))
    return budget["BudgetName"], {}


def _update(name: str, old: dict, new: dict, stack_name: str) -> Created:
    json_call("budgets", f"{TARGET}UpdateBudget", AccountId=get_account_id(), NewBudget=_budget(new, name))
    return name, {}


def _delete(name: str, properties: dict) -> None:
    json_call("budgets", f"{TARGET}DeleteBudget", AccountId=get_account_id(), BudgetName=name)


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {"AWS::Budgets::Budget": {"create": _create, "update": _update, "delete": _delete}}
