"""The second reader: what a vision model is asked, what it answers, and how both readings become one."""
