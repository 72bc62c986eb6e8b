"""The GST portal: who a GSTIN belongs to."""
