"""The invoice desk's engine: records, the processing job, the pipeline and its background tasks."""
