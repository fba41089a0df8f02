global using TekSipCloud.Contracts;
