"""
The few AWS calls of the hot path, signed and sent without boto3.

Importing boto3 and making one client costs a cold start more than everything
else a topic function does. Only functions in `functions/webhooks/` need this;
workers, tasks and tools use boto3. Start reading at `client.py`.
"""
