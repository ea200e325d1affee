"""Stores events in a process of its own and says each one's id once it is safe.

python tests/storage/writer.py FOLDER LEARNER PREFIX COUNT
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from academy.records import Event
from academy.storage.embedded import EmbeddedRecords

if __name__ == "__main__":
    folder, learner_id, prefix, count = sys.argv[1:]
    records = EmbeddedRecords(folder)
    at = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    for number in range(int(count)):
        event = Event(f"{prefix}-{number}", "response", at, {"number": number})
        assert records.append(learner_id, event)
        print(event.id, flush=True)
