global using Plimsoll.Units;
