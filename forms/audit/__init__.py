"""The audit log: who did, looked at or was refused what. Every room writes to it; nobody changes it."""
