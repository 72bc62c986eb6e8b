"""What Indian GST law says about an invoice: pure functions and data, free of any framework."""
