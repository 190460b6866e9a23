"""Claiming: people take coupons by a link, each within what the offer allows, together never more than there are."""
