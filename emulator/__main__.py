"""Command line of the local AWS: ``python -m emulator [--port N] [--state-dir DIR]``.

Prints one JSON line ``{"ready": true, "endpoint": ..., "pid": ...}`` on standard output once calls are accepted, and
logs to standard error. Exits with 2 when the environment does not allow it to start.
"""

import argparse
import json
import os
import pathlib
import socket
import sys

from emulator.problems import CannotStart

HOST = "127.0.0.1"
EXIT_ENVIRONMENT = 2
BACKLOG = 1024


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """The parsed command line."""
    parser = argparse.ArgumentParser(prog="python -m emulator", description="The local AWS of Meridian.")
    parser.add_argument("--port", type=int, default=0, help="TCP port on 127.0.0.1; 0, the default, takes a free one")
    parser.add_argument("--state-dir", type=pathlib.Path, default=None,
                        help="folder that keeps the state between starts; without it everything lives in memory")
    return parser.parse_args(argv)


def listen(port: int) -> socket.socket:
    """A socket bound to ``port`` of the loopback interface; 0 takes a free port.

    Raises CannotStart when the port is in use or not ours to take.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        why = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
        raise CannotStart(
            f"Cannot listen on {HOST}:{port}: {why}. Stop what uses the port, or choose another with --port, or 0 for a free one.") from error
    return listener


def configure(port: int, state_dir: pathlib.Path | None) -> None:
    """Sets what ministack reads from the environment when it is imported: loopback only, Lambda without containers."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]  # functions inherit the environment: no real credentials, no real endpoint
    os.environ.update({
        "AWS_ENDPOINT_URL": f"http://{HOST}:{port}", "AWS_EC2_METADATA_DISABLED": "true",
        "BIND_HOST": HOST, "GATEWAY_PORT": str(port), "MINISTACK_HOST": HOST, "LAMBDA_EXECUTOR": "local",
        "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0",
    })
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    if state_dir:
        os.environ.update({"PERSIST_STATE": "1", "STATE_DIR": str(state_dir), "S3_PERSIST": "1",
                           "S3_DATA_DIR": str(state_dir / "s3")})


def ready(port: int) -> None:
    """Tells the starting process that calls are accepted."""
    print(json.dumps({"ready": True, "endpoint": f"http://{HOST}:{port}", "pid": os.getpid()}), flush=True)


def main() -> int:
    """Runs the server until SIGTERM or SIGINT; returns the exit code."""
    options = arguments()
    try:
        listener = listen(options.port)
        port = listener.getsockname()[1]
        configure(port, options.state_dir)
        from emulator import server  # ministack reads the environment at import
        server.serve(listener, lambda: ready(port))
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return EXIT_ENVIRONMENT
    return 0


if __name__ == "__main__":
    sys.exit(main())
