"""The web application: home page, review, the progress API, and the one database behind them."""
