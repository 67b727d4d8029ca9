"""The argument tab: what a case can be argued with, and the calls with the plan's physician."""
