"""The desk for programs: send files in, ask what became of them (docs/api.md)."""
