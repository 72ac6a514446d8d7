"""What `shopbridge doctor` looks at, a group in each module."""
