"""How a merchant's browser installs the app, and how the embedded page does."""
