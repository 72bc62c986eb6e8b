"""The pages: each view takes a form, calls a service or a selector, and fills a template."""
