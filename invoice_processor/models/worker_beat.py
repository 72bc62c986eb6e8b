"""Signs of life of the workers."""

from django.db import models

from invoice_processor.models.job import Queue


class WorkerBeat(models.Model):
    """When a heartbeat task last came through a queue: proof that work sent there is done."""

    queue = models.CharField(max_length=20, choices=Queue.choices, unique=True)
    at = models.DateTimeField()
    hostname = models.CharField(max_length=200)
    version = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.queue} at {self.at:%H:%M:%S}"
