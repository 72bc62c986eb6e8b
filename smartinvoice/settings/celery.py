"""Celery's settings. Names and values are a public contract: docs/celery-setup.md explains each."""

import sys
from typing import Any

from celery.schedules import crontab
from kombu import Exchange, Queue

from smartinvoice.settings.ai import AI_ENABLED
from smartinvoice.settings.environment import broker_socket, env, socket_url
from smartinvoice.settings.paths import DATA_DIR

# Beside `make run`, other commands find its broker by the socket; without one the default is Redis's own.
OWN_BROKER = broker_socket(DATA_DIR)
DEFAULT_BROKER = socket_url(OWN_BROKER) if OWN_BROKER.exists() else "redis://localhost:6379/0"

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", DEFAULT_BROKER)
CELERY_RESULT_BACKEND = env.str("CELERY_RESULT_BACKEND", CELERY_BROKER_URL)

CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_RESULT_EXPIRES = 3600  # seconds
CELERY_TIMEZONE = env.zone("TIME_ZONE", "Asia/Kolkata")

CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 25 * 60
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # redelivers for ever; the reaper re-queues, counted
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = env.int("CELERY_WORKER_MAX_TASKS_PER_CHILD", 200)
CELERY_WORKER_CONCURRENCY = env.int("CELERY_WORKER_CONCURRENCY", 2 if env.bool("DEBUG", False) else 4)
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False  # the lease makes a second run harmless
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20.0  # seconds for a document under way to end when asked to stop
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_DB_REUSE_MAX = sys.maxsize  # else Celery closes the connection after every task, whatever its age
CELERY_WORKER_SEND_TASK_EVENTS = env.bool("CELERY_WORKER_SEND_TASK_EVENTS", False)  # for Flower

# The job row's own clockwork, in seconds (docs/architecture.md). Retries wait in the row, not in the broker.
INVOICE_MAX_RETRIES = 3
INVOICE_RETRY_BACKOFF = env.int("INVOICE_RETRY_BACKOFF", 60)  # doubled with each retry, with jitter
INVOICE_LEASE = env.int("INVOICE_LEASE", 90)  # how long a worker that falls silent keeps its document
INVOICE_RING_AGAIN = env.int("INVOICE_RING_AGAIN", 60)  # when a ring counts as lost
INVOICE_REAP_EVERY = env.int("INVOICE_REAP_EVERY", 20)

CELERY_TASK_DEFAULT_QUEUE = "interactive"
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name), routing_key=name) for name in ("interactive", "bulk", "control", "ai")
]
CELERY_TASK_ROUTES = {
    "invoice_processor.reap": {"queue": "control"},
    "invoice_processor.cleanup_old_results": {"queue": "control"},
    "invoice_processor.tend_vendors": {"queue": "control"},
    "invoice_processor.rejudge_outdated": {"queue": "control"},
    "invoice_processor.verify_unattended": {"queue": "control"},
    "invoice_processor.send_mails": {"queue": "control"},
    "invoice_processor.judge_again": {"queue": "control"},
    "invoice_processor.read_with_ai": {"queue": "ai"},
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # never give up
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "visibility_timeout": 2 * 3600,  # beyond the hard limit, else long tasks are delivered twice
    "socket_connect_timeout": 3,
    "socket_timeout": 30,
    "socket_keepalive": True,
    "health_check_interval": 25,
}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2 * 3600,
    "retry_policy": {"max_retries": 3, "interval_start": 0, "interval_step": 0.2, "interval_max": 1},
}
CELERY_REDIS_SOCKET_CONNECT_TIMEOUT = 3
CELERY_REDIS_SOCKET_TIMEOUT = 30.0
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.5,
}

CELERY_BEAT_SCHEDULE = {
    "reap": {
        "task": "invoice_processor.reap",
        "schedule": float(INVOICE_REAP_EVERY),
        "options": {"expires": INVOICE_REAP_EVERY},
    },
    "tend-vendors": {
        "task": "invoice_processor.tend_vendors",
        "schedule": float(INVOICE_REAP_EVERY),
        "options": {"expires": INVOICE_REAP_EVERY},
    },
    **{
        name.replace("_", "-"): {
            "task": f"invoice_processor.{name}",
            "schedule": 60.0,
            "options": {"expires": 60},
        }
        for name in ("send_mails", "judge_again")
    },
    **{
        f"heartbeat-{queue.name}": {
            "task": "invoice_processor.heartbeat",
            "schedule": 60.0,
            "args": [queue.name],
            "options": {"queue": queue.name, "expires": 60},
        }
        for queue in CELERY_TASK_QUEUES
        if queue.name != "ai" or AI_ENABLED  # without a key nobody serves it
    },
    "cleanup-old-results": {
        "task": "invoice_processor.cleanup_old_results",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600},
    },
}
