"""What runs where: the CDK stacks. `infra.stacks` wires them, one module per feature."""
