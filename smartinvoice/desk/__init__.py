"""Running the whole desk on one machine: broker, workers, beat and web server under a supervisor."""
