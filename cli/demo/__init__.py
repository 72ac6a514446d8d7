"""What `shopbridge demo` does, finds and prints."""
