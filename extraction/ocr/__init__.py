"""Text from pictures: PP-OCRv6 small (Apache-2.0, code and weights) run directly through ONNX Runtime."""
