@echo off
rem Start a Celery worker for documents on Windows. Works from any folder.
rem
rem   scripts\start_celery_worker.bat [more celery options]
rem
rem Windows has no fork: the worker uses --pool=solo, which reads one document at a time. To read several at
rem once, start this script as many times as CELERY_WORKER_CONCURRENCY says; each gets a name of its own.
rem Alternatives: Docker Compose, or WSL with `make run` (docs\celery-setup.md).
setlocal
cd /d "%~dp0.."
if not exist .venv\Scripts\python.exe (
  echo Not installed yet: run "py scripts\bootstrap.py requirements.txt" first. 1>&2
  exit /b 1
)
if not defined CELERY_QUEUES set CELERY_QUEUES=interactive,bulk,control
if not defined CELERY_WORKER_CONCURRENCY set CELERY_WORKER_CONCURRENCY=2
.venv\Scripts\python.exe -m celery -A smartinvoice worker --pool=solo --hostname=worker%RANDOM%@%%h --queues %CELERY_QUEUES% --concurrency %CELERY_WORKER_CONCURRENCY% %*
