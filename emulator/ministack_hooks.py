"""The names of ministack that this package replaces or calls, and the check that they are still there.

ministack is no library: these are its internals. So its version is pinned exactly, and every name is looked up
before anything is replaced.
"""

import importlib
import importlib.metadata
from typing import Any

from emulator.problems import CannotStart

VERSION = "1.5.33"

CLOUDFORMATION = "ministack.services.cloudformation"

HOOKED: dict[str, tuple[str, ...]] = {
    "ministack.app": ("app", "call_service_handler_sync", "_get_module", "_reset_all_state"),
    "ministack.core.responses": ("error_response_json", "json_response", "get_account_id", "get_region", "new_uuid", "now_iso", "set_request_region",
                                 "set_request_account_id",
                                 "AccountScopedDict", "AccountRegionScopedDict"),
    CLOUDFORMATION: ("_stacks", "_stack_events", "_exports", "_change_sets", "_PERSISTED_STORES", "get_state",
                     "_restore_state", "reset"),
    f"{CLOUDFORMATION}.engine": ("_evaluate_conditions", "_resolve_refs", "_parse_template", "_apply_transforms",
                                 "_resolve_parameters", "validate_template_support", "_intrinsic_references"),
    f"{CLOUDFORMATION}.handlers": ("_evaluate_conditions", "_resolve_template", "_ACTION_HANDLERS",
                                   "_capabilities_enforced", "_create_stack", "_update_stack", "_delete_stack",
                                   "validate_template_support", "_required_iam_capabilities", "_missing_capabilities",
                                   "_insufficient_capabilities_message", "_required_capabilities", "_uses_macro",
                                   "_detect_stack_drift"),
    f"{CLOUDFORMATION}.changesets": ("_evaluate_conditions", "validate_template_support", "_find_change_set"),
    f"{CLOUDFORMATION}.helpers": ("_resolve_template", "_resolve_document", "_p", "_xml", "_error", "_extract_members",
                                  "_extract_string_members", "_validate_stack_tags", "stack_name_problems",
                                  "capabilities_problems", "validation_error_message"),
    "ministack.services.ecs": ("_ACTION_MAP", "_services", "_update_service", "_resolve_cluster_name", "_resolve_service_ref"),
    "ministack.services.elasticache": ("_replication_groups", "_subnet_groups", "_param_groups", "_param_group_params", "_get_docker"),
    "ministack.services.eks": ("_clusters", "_nodegroups", "_addons", "_docker_available"),
    "ministack.services.eventbridge": ("_invoke_target", "_put_events"),
    "ministack.services.iam": ("_roles",),
    "ministack.services.rds": ("_ACTION_MAP", "_cluster_xml", "_clusters", "_instances", "_resolve_cluster", "_resolve_global_cluster",
                               "_set_global_cluster_writer"),
    "ministack.services.route53": ("_parse_health_check_config", "_find", "_findall", "_records", "_zones", "_health_checks"),
    "ministack.services.secretsmanager": ("_put_secret_value", "_resolve", "_is_replica", "_sync_replicas"),
    "ministack.services.ssm": ("_PUBLIC_AMI_PARAMETERS",),
    "ministack.services.sts": ("handle_request", "_caller_identity", "_error"),
    "ministack.core.iam_evaluator": ("EvalContext", "evaluate_trust_policy", "fnmatch_iam_cs"),
    f"{CLOUDFORMATION}.stacks": ("_evaluate_conditions", "_runs_on_worker_thread", "_deploy_stack_async",
                                 "_delete_stack_async", "_continue_update_rollback_async", "_roll_back_operation", "_add_event",
                                 "_provision_resource", "_update_resource", "_delete_resource", "_create_stack_task_in_region"),
    f"{CLOUDFORMATION}.custom_resource": ("_pending", "_response_url"),
    f"{CLOUDFORMATION}.drift": ("_DRIFT_READERS", "detect_resource_drift", "supports_drift"),
    f"{CLOUDFORMATION}.provisioners": ("_RESOURCE_HANDLERS", "_REPLACING_PROPERTIES", "_replacing_change", "_physical_name",
                                     "_tag_map", "_rds_db_cluster_attrs", "_eks_cluster_attrs", "_ec_rg_attrs", "_sm_secret_string",
                                     "_seeded_create", "_delete_predecessor"),
}


def module(name: str) -> Any:
    """A module of ministack by its full name. Its members are not typed."""
    return importlib.import_module(name)


def check() -> None:
    """Raises CannotStart unless the pinned ministack is installed with every name this package hooks."""
    try:
        installed = importlib.metadata.version("ministack")
    except importlib.metadata.PackageNotFoundError as missing:
        raise CannotStart(f"Cannot start the local AWS: ministack is not installed. Install ministack=={VERSION}, or run the set-up.") from missing
    if installed != VERSION:
        raise CannotStart(
            f"Cannot start the local AWS: it extends ministack {VERSION} from outside, and {installed} is installed. "
            f"Install ministack=={VERSION}, or run the set-up.")
    gone = [f"{name}.{attribute}" for name, attributes in HOOKED.items() for attribute in attributes
            if not hasattr(module(name), attribute)]
    if gone:
        raise CannotStart(
            f"Cannot start the local AWS: ministack lacks {', '.join(gone)}. Reinstall ministack=={VERSION}.")
