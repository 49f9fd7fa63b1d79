"""How a log line is written: without a person's values, as text or, for machines that collect them, as one JSON object a line.

What a library or a database says of an error quotes the values it met ("Key (id_number)=(…) already exists"), and an address may hold what
somebody searched for. So of an error its kind and the places in the code are told, never its message; of a request its method, status
and the pattern of its address; and only this software's own messages are filled in, which are written to name no one.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

OWN = "taizhang"


class _Discreet(logging.Formatter):
    """The facts of a record that may be told."""

    def facts(self, record: logging.LogRecord) -> dict[str, object]:
        own = record.name.partition(".")[0] == OWN
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
        }
        request = getattr(record, "request", None)
        if request is not None:
            found = getattr(request, "resolver_match", None)
            told |= {
                "message": "request",
                "method": request.method,
                "status": getattr(record, "status_code", None),
                "route": f"/{found.route}" if found else None,  # an address that is nobody's may hold anything
            }
        else:
            told["message"] = record.getMessage() if own else str(record.msg)
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            told["error"] = f"{kind.__module__}.{kind.__qualname__}"
            told["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return told


class Json(_Discreet):
    """TAIZHANG_LOG=json: one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.facts(record), ensure_ascii=False, default=str)


class Line(_Discreet):
    """For people: time, level, logger, message; below it where an error came from."""

    def format(self, record: logging.LogRecord) -> str:
        told = self.facts(record)
        message = f"{told['status']} {told['method']} {told['route'] or '?'}" if "method" in told else told["message"]
        lines = [f"{told['at']} {record.levelname} {record.name} {message}"]
        if "error" in told:
            lines += [f"  {told['error']}", *(f"    {place}" for place in told["where"])]  # type: ignore[attr-defined]
        return "\n".join(lines)


def configuration(chosen: str | None) -> dict[str, object]:
    """For logging.config. chosen: "json", or anything else for lines. Everything goes to standard error, which journald keeps."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"told": {"()": Json if chosen == "json" else Line}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "told"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        # No handlers of their own, and Django's taken from it: what they say passes the one above.
        "loggers": {OWN: {"level": "INFO"}, "django": {"handlers": [], "level": "WARNING"}},
    }
