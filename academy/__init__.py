"""Merchant Academy: learn to run a Douyin or TikTok shop, and find out how good you are at it."""
