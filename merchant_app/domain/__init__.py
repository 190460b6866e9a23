"""What a coupon is, when it is good, and what a redemption is: no clock, disk, network or window."""
