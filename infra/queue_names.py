"""What the logical names of the template's queues say. Nothing here reads the template."""


def collects(name: str) -> bool:
    """Whether the queue of this logical name is one where failed messages collect."""
    return name.endswith("DLQ") or "Failures" in name
