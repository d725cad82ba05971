"""The sample data: a Japanese restaurant's kitchen and hall, and a second restaurant that nobody of the first may see."""
