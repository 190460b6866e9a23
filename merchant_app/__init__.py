"""A coupon-redemption till that decides offline, writes it down before it says yes, and syncs."""
