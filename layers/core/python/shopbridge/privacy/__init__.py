"""What people may ask of us: to be told what we hold of them."""
