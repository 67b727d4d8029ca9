"""The packet: pages of exhibits made, stamped, joined and split; it decides nothing about what is sent."""
