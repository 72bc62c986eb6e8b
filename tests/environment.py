"""The suite's environment: a pytest plugin, since it must be set before Django's settings load."""

import atexit
import os
import shutil
import tempfile

DATA_DIR = tempfile.mkdtemp(prefix="smartinvoice-tests-")
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

os.environ["SMARTINVOICE_DATA_DIR"] = DATA_DIR
os.environ["INVOICE_READER"] = "tests.readers:ScriptedReader"
os.environ["CELERY_BROKER_URL"] = f"redis+socket://{DATA_DIR}/broker.sock"  # tests that want one start it
os.environ["CELERY_RESULT_BACKEND"] = os.environ["CELERY_BROKER_URL"]
