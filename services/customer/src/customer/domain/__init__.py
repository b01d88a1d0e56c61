"""Rules of customers, their classes and the visits paid to them; pure."""
