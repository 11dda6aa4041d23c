from datetime import UTC, datetime

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
