"""The local AWS: ministack plus what it lacks, served on 127.0.0.1 for rehearsals.

``python -m emulator`` starts it. The engine of CloudFormation, and the services behind 77 resource types, are
ministack's; this package replaces what is too weak for nested stacks in two regions and adds what is missing.
Nothing here talks to a real account.
"""
