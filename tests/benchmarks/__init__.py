"""Measurements that print tables; none of them gates anything."""
